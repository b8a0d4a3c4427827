// A real OpenID Connect provider for the tests: node provider.mjs PORT REDIRECT_URI. Whoever types a name is that person.
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: "chuangwen", client_secret: "only-for-tests", redirect_uris: [redirect] }],
  claims: { openid: ["sub"], profile: ["preferred_username"], email: ["email"] },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ["only-for-tests"] },
  interactions: { url: (_, interaction) => `/who/${interaction.uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: id, email: `${id}@example.org` }),
  }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid profile email");
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/who/")) return next();
  if (ctx.method === "GET") {
    ctx.type = "html";
    ctx.body = `<form method="post"><input name="name" aria-label="name"><button>OK</button></form>`;
    return;
  }
  let body = "";
  for await (const part of ctx.req) body += part;
  const accountId = new URLSearchParams(body).get("name");
  await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId } });
  ctx.respond = false;
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
