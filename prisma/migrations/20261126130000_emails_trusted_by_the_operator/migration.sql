-- An e-mail that the provider did not verify and did not refuse either, where the operator trusts it (OIDC_TRUST_EMAIL).
ALTER TABLE "User" ADD COLUMN "trustedEmail" TEXT;
