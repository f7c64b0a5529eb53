/** Why a file is not read. Each line says what to do next. */
const says = {
  empty: () => '文件是空的，请重新选择文件发送。',
  'unknown-format': () => '认不出文件格式。请另存为 .docx、.xlsx、.pdf 或 .txt 后再发送。',
  unsupported: (detail: string) => `暂不能读取${detail}。请用 WPS 或 Word 打开，另存为 .docx、.xlsx 或 .pdf 后再发送。`,
  archive: () => '这是压缩包。请解压后，把其中的文件逐个发送。',
  image: () => '这是图片，其中的文字不能读取。请发送文件的电子版（.docx、.xlsx 或带文字的 .pdf）。',
  corrupt: () => '文件已损坏，打不开。请在电脑上打开确认后，另存一份再发送。',
  encrypted: () => '文件设有打开密码。请取消密码，另存一份再发送。',
  scanned: () => '这是扫描件，没有可读的文字。请发送文件的电子版（.docx），或先做文字识别，核对后再发送。',
  'unreadable-text': () => '文件里的文字没有可用的编码，读出来是乱码。请发送文件的电子版（.docx）。',
  'too-large': (detail: string) => `文件过大（${detail}）。请只保留任务部分，或拆成几份后再发送。`,
  secret: (detail: string) => `文件标有“${detail}”，不能导入，内容没有保存。涉密和内部文件请按规定另行办理。`,
} satisfies Record<string, (detail: string) => string>;

export type RefusalCode = keyof typeof says;

/** The one thing that reading a document throws. `message` is for the person who sent it. */
export class DocumentRefusal extends Error {
  override readonly name = 'DocumentRefusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, detail = '', options?: ErrorOptions) {
    super(says[code](detail), options);
    this.code = code;
  }
}
