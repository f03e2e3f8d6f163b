const PREFIX = 'hsa-checkout:';
/** Used if `sessionStorage` is blocked or full. Its entries last as long as the page. */
const fallback = new Map<string, string>();

/** Short texts that survive a reload of this tab: in `sessionStorage`, or in memory if that throws. */
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
