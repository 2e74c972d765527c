/**
 * A certified OpenID provider (oidc-provider) for the tests to sign in with, which keeps everything in memory.
 * Arguments: its port, and where our server is reached. It asks for a name and takes anybody's; POST /rotate gives it new keys.
 */

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [port, app] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const CLIENT = {
  client_id: "unlearn",
  client_secret: "a secret: of & two",
  redirect_uris: [`${app}/sign-in/back/clinic`],
  post_logout_redirect_uris: [`${app}/signed-out`],
};

let keys = 0;
let answer = newProvider();

createServer(async (request, response) => {
  if (request.url !== "/rotate") return answer(request, response);
  answer = newProvider();
  response.end();
}).listen(Number(port), "127.0.0.1", () => console.log(issuer));

/** A provider that signs with a key of its own. */
function newProvider() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  keys += 1;
  const provider = new Provider(issuer, {
    clients: [CLIENT],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: `key-${keys}`, use: "sig", alg: "RS256" }] },
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    cookies: { keys: ["of the tests alone"] },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@clinic.example`, email_verified: true }),
    }),
    pkce: { required: () => true },
  });
  return provider.callback();
}
