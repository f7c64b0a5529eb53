/** The database cannot be used. `say` is Chinese, names the database and says what to do; `cause` is for the log. */
export class StoreError extends Error {
  constructor(
    readonly say: string,
    options?: ErrorOptions,
  ) {
    super(say, options);
    this.name = 'StoreError';
  }
}
