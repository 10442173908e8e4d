import { nowhere } from "@/lib/api/route";

export const { GET, POST, PUT, PATCH, DELETE } = nowhere;
