export const apiKeysPath = "/staff/api";
export const newApiKeyPath = `${apiKeysPath}/new`;
export const apiRequestsPath = `${apiKeysPath}/requests`;

export function apiKeyPath(id: string): string {
  return `${apiKeysPath}/keys/${id}`;
}

export function requestsOfKeyPath(id: string): string {
  return `${apiRequestsPath}?key=${id}`;
}
