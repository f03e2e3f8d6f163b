const PREFIX = 'hsa-checkout:';
/** Stands in where storage is blocked or full: it lasts as long as the page. */
const fallback = new Map<string, string>();

/** Small texts that outlive a reload of this tab: `sessionStorage`, or memory where that throws. */
export const tabStorage = {
  get(name: string): string | undefined {
    try {
      return fallback.get(name) ?? sessionStorage.getItem(PREFIX + name) ?? undefined;
    } catch {
      return undefined;
    }
  },
  set(name: string, value: string): void {
    try {
      sessionStorage.setItem(PREFIX + name, value);
      fallback.delete(name);
    } catch {
      fallback.set(name, value);
    }
  },
};
