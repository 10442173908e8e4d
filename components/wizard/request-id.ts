/**
 * Names one wish for a new connection, so that a double click, a lost answer or a reload never makes two. It is kept in the
 * tab until the wish is granted.
 */
export function requestIdOf(customer: string): { id: string; forget: () => void } {
  const key = `request:${customer}`;
  const id = sessionStorage.getItem(key) ?? crypto.randomUUID();
  sessionStorage.setItem(key, id);
  return { id, forget: () => sessionStorage.removeItem(key) };
}
