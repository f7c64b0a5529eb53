import { byId } from './dom.js';

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;
const most = 20 * megabyte;

export function sizeText(bytes) {
  if (bytes >= megabyte) return `${(bytes / megabyte).toFixed(1)} MB`;
  return bytes >= kilobyte ? `${Math.round(bytes / kilobyte)} KB` : `${bytes} 字节`;
}

export const endingOf = (name) => /\.([A-Za-z0-9]{1,4})$/.exec(name)?.[1].toUpperCase() ?? '文件';

function whyNot({ name, size }) {
  if (size > most) return `《${name}》有${sizeText(size)}，超过20 MB，没有发。请去掉图片或拆成几份再发。`;
  return size === 0 ? `《${name}》是空的，没有发。` : null;
}

/** Files come by the paper clip or are dropped anywhere on the page. What cannot be sent is refused here, in `onRefused`. */
export function fileChooser({ onFiles, onRefused }) {
  const button = byId('attach');
  const input = byId('file');
  const target = byId('drop');
  let depth = 0;

  function offer(files) {
    const refused = files.flatMap((file) => whyNot(file) ?? []);
    onRefused(refused.join('\n'));
    const fit = files.filter((file) => whyNot(file) === null);
    const size = fit.reduce((sum, file) => sum + file.size, 0);
    if (size > most) onRefused(`一共${sizeText(size)}，一次最多20 MB，没有发。请分几次发。`);
    else if (fit.length > 0) onFiles(fit);
  }

  const holdsFiles = (event) => event.dataTransfer?.types.includes('Files');

  function drag(change) {
    depth = change === 0 ? 0 : depth + change;
    target.hidden = depth <= 0;
  }

  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    offer([...input.files]);
    input.value = '';
  });
  document.addEventListener('dragenter', (event) => holdsFiles(event) && drag(1));
  document.addEventListener('dragleave', (event) => holdsFiles(event) && drag(-1));
  document.addEventListener('dragover', (event) => holdsFiles(event) && event.preventDefault());
  document.addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    drag(0);
    const items = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file');
    const folders = items.some((item) => item.webkitGetAsEntry?.()?.isDirectory);
    if (folders) onRefused('不能发文件夹，没有发。请打开文件夹，选文件发。');
    else offer([...event.dataTransfer.files]);
  });
  button.disabled = false;

  return { choose: () => input.click() };
}
