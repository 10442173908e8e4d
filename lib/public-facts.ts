import { type CrossAccountConfig, configuredPartitions, partitionSettings } from "@/lib/crossaccount";

/** What everyone may know of the vendor: which AWS accounts customers' roles trust, in each partition that is served. */
export function publicFacts(config: CrossAccountConfig, baseUrl: string) {
  const { serviceName, branding } = config;
  return {
    service_name: serviceName,
    product_name: branding.productName,
    portal: baseUrl,
    partitions: Object.fromEntries(
      configuredPartitions(config).map((partition) => {
        const { serviceAccountId, trustedPrincipalArns } = partitionSettings(config, partition);
        return [
          partition,
          {
            service_account_id: serviceAccountId,
            ...(trustedPrincipalArns.length > 0 && { trusted_principal_arns: trustedPrincipalArns }),
          },
        ];
      }),
    ),
  };
}
