export interface Tag {
  Key: string;
  Value: string;
}

export interface Role {
  name: string;
  id: string;
  arn: string;
  path: string;
  createdAt: string;
  description?: string;
  trustPolicy: string;
  /** Unique IDs of the users and roles that the trust policy names, as of the time it was stored. */
  principalIds: Record<string, string>;
  maxSessionDuration: number;
  inlinePolicies: Record<string, string>;
  attachedPolicies: string[];
  permissionsBoundary?: string;
  tags: Tag[];
}

export interface InstanceProfile {
  name: string;
  id: string;
  arn: string;
  path: string;
  createdAt: string;
  /** Names: one at most. */
  roles: string[];
  tags: Tag[];
}

export interface PolicyVersion {
  id: string;
  document: string;
  createdAt: string;
}

export interface ManagedPolicy {
  name: string;
  id: string;
  arn: string;
  path: string;
  description?: string;
  createdAt: string;
  updatedAt: string;
  defaultVersionId: string;
  /** Number of the version made last; numbers are never used again. */
  lastVersion: number;
  versions: PolicyVersion[];
  tags: Tag[];
}
