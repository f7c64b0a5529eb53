// Lets plain Node run the tests' own TypeScript, whose imports name the .js that the build would make.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(name, context, next) {
    try {
      return next(name, context);
    } catch (error) {
      if (!name.startsWith('.') || !name.endsWith('.js')) throw error;
      return next(name.replace(/\.js$/, '.ts'), context);
    }
  },
});
