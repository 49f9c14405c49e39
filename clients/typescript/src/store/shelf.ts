/** Things by id, made when they are first asked for; of those that are not in use only the latest few are kept. */
export class Shelf<T extends { readonly active: boolean; dispose(): void }> {
  readonly #things = new Map<string, T>();

  constructor(
    private readonly make: (id: string) => T,
    private readonly keptIdle: number,
  ) {}

  get(id: string): T {
    const held = this.#things.get(id);
    const thing = held ?? this.make(id);
    // The latest is last.
    this.#things.delete(id);
    this.#things.set(id, thing);
    if (!held) this.#letGo();
    return thing;
  }

  /** The thing, if there is one already. */
  peek(id: string): T | undefined {
    return this.#things.get(id);
  }

  all(): Iterable<T> {
    return this.#things.values();
  }

  dispose(): void {
    for (const thing of this.#things.values()) thing.dispose();
    this.#things.clear();
  }

  #letGo(): void {
    let surplus = [...this.#things.values()].filter((thing) => !thing.active).length - this.keptIdle - 1;
    for (const [id, thing] of this.#things) {
      if (surplus <= 0) return;
      if (thing.active) continue;
      thing.dispose();
      this.#things.delete(id);
      surplus--;
    }
  }
}
