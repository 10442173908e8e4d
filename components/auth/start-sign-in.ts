import { signIn } from "next-auth/react";

/** Goes to the vendor's identity provider, and afterwards to a page of this portal. */
export async function startSignIn(returnTo: string): Promise<void> {
  await signIn("oidc", { callbackUrl: returnTo });
}
