const PREFIX = 'hsa-checkout:';
/** Stands in where storage is blocked or full: it lasts as long as the page. */
const memory = new Map<string, string>();

/** Small texts that outlive a reload of this tab: `sessionStorage`, or memory where that throws. */
export const pageStore = {
  get(name: string): string | undefined {
    try {
      return memory.get(name) ?? sessionStorage.getItem(PREFIX + name) ?? undefined;
    } catch {
      return undefined;
    }
  },
  set(name: string, value: string): void {
    try {
      sessionStorage.setItem(PREFIX + name, value);
      memory.delete(name);
    } catch {
      memory.set(name, value);
    }
  },
};
