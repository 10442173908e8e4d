/**
 * Imported before a process of a test: gives it a machine whose clock is `CLOCK_OFF_BY` milliseconds off. What only goes forward
 * is right there too.
 */
const off = Number(process.env.CLOCK_OFF_BY);
const MachineDate = Date;

globalThis.Date = class extends MachineDate {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [MachineDate.now() + off] : given) as [number]));
  }

  static override now(): number {
    return MachineDate.now() + off;
  }
} as DateConstructor;
Object.defineProperty(performance, "timeOrigin", { value: performance.timeOrigin + off });
