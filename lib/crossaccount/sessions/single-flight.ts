/** Work under way for a customer. `outdated` turns true when something about the customer's connections changes. */
export interface Flight {
  outdated: boolean;
}

export interface SingleFlight<T> {
  /** Callers with the same key share one run of `work` while it lasts, whatever its end. */
  run(key: string, customerId: string, work: (flight: Flight) => Promise<T>): Promise<T>;
  /** Tells what is under way that it is outdated; who comes later starts again. */
  outdate(customerId: string): void;
}

interface CustomerFlight extends Flight {
  readonly customerId: string;
}

export function createSingleFlight<T>(): SingleFlight<T> {
  const shared = new Map<string, { flight: CustomerFlight; promise: Promise<T> }>();
  const active = new Set<CustomerFlight>();

  return {
    run(key, customerId, work) {
      const known = shared.get(key);
      if (known) return known.promise;
      const flight: CustomerFlight = { customerId, outdated: false };
      const promise = work(flight).finally(() => {
        active.delete(flight);
        if (shared.get(key)?.flight === flight) shared.delete(key);
      });
      active.add(flight);
      shared.set(key, { flight, promise });
      return promise;
    },
    outdate(customerId) {
      for (const flight of active) if (flight.customerId === customerId) flight.outdated = true;
      for (const [key, { flight }] of shared) if (flight.customerId === customerId) shared.delete(key);
    },
  };
}
