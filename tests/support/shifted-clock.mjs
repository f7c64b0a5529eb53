// Runs a program at another time: node --import this file, with CLOCK_OFFSET_MS. The wall is shifted, durations are not.
const offset = Number(process.env.CLOCK_OFFSET_MS ?? 0);
const wall = Date;

const now = () => wall.now() + offset;

globalThis.Date = new Proxy(wall, {
  construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
  apply: () => new wall(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});
