/** One measured case: its name and its figures, each with its unit in the name. */
export type BenchmarkResult = { case: string } & Record<string, string | number>;

export interface Benchmark {
  name: string;
  run(): Promise<{ results: BenchmarkResult[]; ratios: Record<string, number> }>;
}
