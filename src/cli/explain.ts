import { ConfigError } from '../config.js';
import { DataFolderError } from '../data-folder.js';
import { BotError } from '../errors.js';
import { StoreError } from '../store/store-error.js';

/** One clear Chinese message for what stops a program before it runs; anything else is a bug and shows its stack. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.join('\n');
  if (error instanceof BotError) return error.say;
  if (error instanceof DataFolderError || error instanceof StoreError) return error.say;
  if (isSystemError(error)) {
    switch (error.code) {
      case 'EADDRINUSE':
        return `端口 ${error.port} 已被占用。请先停掉占用它的程序，或换一个：PORT=8788 npm start`;
      case 'EACCES':
        return error.port === undefined
          ? `没有权限：${error.path ?? ''}。请检查文件夹的属主和权限。`
          : `没有权限使用端口 ${error.port}。请换一个大于 1023 的：PORT=8787 npm start`;
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
        return `地址 ${error.address ?? error.hostname ?? ''} 不能在这台机器上监听。请检查环境变量 HOST。`;
      case 'ENOENT':
      case 'ENOTDIR':
      case 'EROFS':
      case 'EEXIST':
        return `打不开 ${error.path ?? ''}（${error.code}）。请检查路径和权限。`;
      default:
    }
  }
  return `意外错误，请把下面的内容交给维护人员：\n${error instanceof Error ? error.stack : String(error)}`;
}

interface SystemError extends Error {
  code: string;
  port?: number;
  path?: string;
  address?: string;
  hostname?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
