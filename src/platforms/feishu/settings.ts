interface App {
  /** `cli_` and sixteen hex digits. */
  appId: string;
  appSecret: string;
  /** https://open.feishu.cn, or the host of a private deployment; drives every call. */
  baseUrl: string;
  /** Certificate of a private deployment, PEM. */
  ca?: string | undefined;
  /** Off where the deployment's clients know no cards of schema 2.0: everything is written as text. */
  cards?: boolean | undefined;
}

/** Events come to our address, encrypted and signed: without an Encrypt Key nothing is signed, so there is no such mode. */
export interface WebhookSettings extends App {
  mode: 'webhook';
  encryptKey: string;
  verificationToken: string;
}

/** Events come over a connection that we open; it is authenticated by the app's secret. */
export interface StreamSettings extends App {
  mode: 'stream';
}

export type FeishuSettings = WebhookSettings | StreamSettings;
