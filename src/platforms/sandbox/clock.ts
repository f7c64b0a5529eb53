/** A clock that starts at a chosen moment and then runs; the sandbox sets it to any date. */
export class SandboxClock {
  readonly #wall: () => Date;
  #shownAt: Date;
  #setAt: Date;

  constructor(start: Date, wall: () => Date) {
    this.#wall = wall;
    this.#shownAt = start;
    this.#setAt = wall();
  }

  now(): Date {
    return new Date(this.#shownAt.getTime() + this.#wall().getTime() - this.#setAt.getTime());
  }

  set(moment: Date): void {
    this.#shownAt = moment;
    this.#setAt = this.#wall();
  }
}
