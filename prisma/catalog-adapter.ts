import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum, type SqlQuery } from "@prisma/driver-adapter-utils";

type Connection = Awaited<ReturnType<PrismaPg["connect"]>>;

interface RawResult {
  fields: { dataTypeID: number }[];
}

/** PostgreSQL's own catalogue has columns of the type `"char"` (18), for which the adapter has no name and the engine asks. */
const internalChar = 18;
const text = 25;

/** The adapter, able to read PostgreSQL's catalogue. */
export class CatalogAdapter extends PrismaPg {
  override async connect(): Promise<Connection> {
    return readable(await super.connect());
  }
}

function readable(connection: Connection): Connection {
  const raw = connection as unknown as { performIO(query: SqlQuery): Promise<RawResult> };
  const performIO = raw.performIO.bind(connection);
  const queryRaw = connection.queryRaw.bind(connection);
  const characters = new WeakMap<SqlQuery, number[]>();
  raw.performIO = async (query) => {
    const result = await performIO(query);
    characters.set(
      query,
      result.fields.flatMap((field, index) => (field.dataTypeID === internalChar ? [index] : [])),
    );
    for (const field of result.fields) if (field.dataTypeID === internalChar) field.dataTypeID = text;
    return result;
  };
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of characters.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return connection;
}
