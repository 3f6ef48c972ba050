using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using KubeWsBridge.Certificates.Acme.Challenges;

namespace KubeWsBridge.Certificates.Tests.Acme.Fakes;

/// <summary>
/// An authority in memory, for what pebble can't do: renewal information, profiles, limits, time. It checks signatures, nonces and URLs, and
/// looks at challenges, as a real one does.
/// </summary>
internal sealed class FakeAcme(TimeProvider time, string name = "acme.test", FakeZone? zone = null) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _nonces = [];
    private readonly Dictionary<string, JsonObject> _accounts = [];
    private readonly FakeAuthority _authority = new(name);

    public Uri Directory { get; } = new($"https://{name}/directory");

    /// <summary>Where it looks for http-01.</summary>
    public ChallengeAnswers Web { get; } = new();

    /// <summary>Where it looks for dns-01.</summary>
    public FakeZone Zone { get; } = zone ?? new();

    public List<FakeOrder> Orders { get; } = [];

    /// <summary>Accounts made.</summary>
    public int Accounts => _accounts.Count;

    /// <summary>Method and path of each request.</summary>
    public List<string> Requests { get; } = [];

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The window it advises for all certificates; null when it gives no renewal information.</summary>
    public (DateTimeOffset Start, DateTimeOffset End)? Window { get; set; }

    /// <summary>Answers instead, when it returns something.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Instead { get; set; } = _ => null;

    /// <summary>What new orders wait for.</summary>
    public Task OrderGate { get; set; } = Task.CompletedTask;

    /// <summary>How often an answered authorization is still pending.</summary>
    public int Pending { get; set; }

    public TimeSpan? RetryAfter { get; set; }

    public void ForgetAccounts() => _accounts.Clear();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = request.RequestUri!.AbsolutePath;
        if (path == "/new-order")
            await OrderGate.WaitAsync(cancellationToken);
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        lock (_lock)
        {
            Requests.Add($"{request.Method} {path}");
            var response = Instead(request) ?? (request.Method == HttpMethod.Post ? Post(request, path, body!) : Get(path));
            response.Headers.Add("Replay-Nonce", NewNonce());
            return response;
        }
    }

    public static HttpResponseMessage Problem(HttpStatusCode status, string kind, string detail = "so it is", TimeSpan? retryAfter = null)
    {
        var response = Json(status, new() { ["type"] = "urn:ietf:params:acme:error:" + kind, ["detail"] = detail, ["status"] = (int)status });
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/problem+json");
        if (retryAfter is { } wait)
            response.Headers.RetryAfter = new(wait);
        return response;
    }

    private HttpResponseMessage Get(string path) => path.Split('/') switch
    {
        ["", "directory"] => Json(HttpStatusCode.OK, DirectoryObject()),
        ["", "nonce"] => new(HttpStatusCode.OK) { Content = new ByteArrayContent([]) },
        ["", "ari", _] when Window is var (start, end) => WithRetryAfter(Json(HttpStatusCode.OK, new()
        {
            ["suggestedWindow"] = new JsonObject { ["start"] = start.ToString("O"), ["end"] = end.ToString("O") },
            ["explanationURL"] = "https://acme.test/why",
        })),
        _ => Problem(HttpStatusCode.NotFound, "malformed"),
    };

    private HttpResponseMessage Post(HttpRequestMessage request, string path, JsonNode body)
    {
        var jws = FakeJws.Parse(body);
        if (request.Content!.Headers.ContentType?.ToString() != "application/jose+json")
            return Problem(HttpStatusCode.UnsupportedMediaType, "malformed");
        if (!_nonces.Remove(jws.Nonce))
            return Problem(HttpStatusCode.BadRequest, "badNonce");
        if (jws.Url != request.RequestUri!.AbsoluteUri)
            return Problem(HttpStatusCode.Unauthorized, "unauthorized", "another URL is signed");

        var thumbprint = jws.Jwk is { } jwk ? FakeJws.Thumbprint(jwk) : jws.Kid!.Split('/')[^1];
        if (jws.Jwk is null && !_accounts.ContainsKey(thumbprint))
            return Problem(HttpStatusCode.BadRequest, "accountDoesNotExist");
        if (!jws.IsSignedBy(jws.Jwk ?? _accounts[thumbprint]))
            return Problem(HttpStatusCode.Unauthorized, "unauthorized", "the signature is wrong");

        return path.Split('/') switch
        {
            ["", "new-account"] => NewAccount(jws, thumbprint),
            ["", "new-order"] => NewOrder(jws, thumbprint),
            ["", "order", var number] => AnswerOrder(Order(number)),
            ["", "authz", var number] => AnswerAuthorization(Authorization(number)),
            ["", "challenge", var type, var number] => Challenge(type, Authorization(number), thumbprint),
            ["", "finalize", var number] => Finalize(Order(number), jws),
            ["", "cert", var number] => new(HttpStatusCode.OK) { Content = new StringContent(Order(number).CertificatePem!, Encoding.ASCII, "application/pem-certificate-chain") },
            _ => Problem(HttpStatusCode.NotFound, "malformed"),
        };
    }

    private HttpResponseMessage NewAccount(FakeJws jws, string thumbprint)
    {
        var isNew = !_accounts.ContainsKey(thumbprint);
        if (isNew && jws.Payload["onlyReturnExisting"] is not null)
            return Problem(HttpStatusCode.BadRequest, "accountDoesNotExist");
        _accounts[thumbprint] = jws.Jwk!;
        var response = Json(isNew ? HttpStatusCode.Created : HttpStatusCode.OK, new() { ["status"] = "valid", ["contact"] = null });
        response.Headers.Location = Url("account", thumbprint);
        return response;
    }

    private HttpResponseMessage NewOrder(FakeJws jws, string thumbprint)
    {
        var identifiers = jws.Payload["identifiers"]!.AsArray();
        var profile = (string?)jws.Payload["profile"];
        if (profile is not null and not "shortlived")
            return Problem(HttpStatusCode.BadRequest, "invalidProfile");
        var replaces = (string?)jws.Payload["replaces"];
        if (replaces is not null && Orders.Any(other => other.Replaces == replaces && other.CertificatePem is not null))
            return Problem(HttpStatusCode.Conflict, "alreadyReplaced");

        var number = Orders.Count;
        var authorizations = identifiers.Select((identifier, index) => new FakeAuthorization
        {
            Number = 1000 * number + index,
            Identifier = ((string)identifier!["value"]!).Replace("*.", "", StringComparison.Ordinal),
            IsWildcard = ((string)identifier["value"]!).StartsWith("*.", StringComparison.Ordinal),
            Token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        });
        Orders.Add(new()
        {
            Number = number,
            Account = thumbprint,
            Identifiers = identifiers,
            Authorizations = [.. authorizations],
            Profile = profile,
            Replaces = replaces,
        });
        var response = AnswerOrder(Orders[^1]);
        response.StatusCode = HttpStatusCode.Created;
        response.Headers.Location = Url("order", number);
        return response;
    }

    private HttpResponseMessage Challenge(string type, FakeAuthorization authorization, string thumbprint)
    {
        if (authorization.Status != "pending")
            return Problem(HttpStatusCode.BadRequest, "malformed", "the authorization is not pending");
        var expected = $"{authorization.Token}.{thumbprint}";
        var isMet = type == ChallengeTypes.Http01
            ? Web.FindAsync(authorization.Token, CancellationToken.None).AsTask().Result == expected
            : Zone.Has("_acme-challenge." + authorization.Identifier, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(expected))));
        (authorization.Status, authorization.StillPending) = (isMet ? "valid" : "invalid", Pending);
        return Json(HttpStatusCode.OK, ChallengeObject(type, authorization));
    }

    private HttpResponseMessage Finalize(FakeOrder order, FakeJws jws)
    {
        if (order.Status != "ready")
            return Problem(HttpStatusCode.Forbidden, "orderNotReady");
        order.CertificatePem = _authority.Issue(Base64Url.DecodeFromChars((string)jws.Payload["csr"]!), time.GetUtcNow(), Lifetime);
        return AnswerOrder(order);
    }

    private HttpResponseMessage AnswerOrder(FakeOrder order) => order.IsGone ? Problem(HttpStatusCode.NotFound, "malformed", "no such order") : Json(HttpStatusCode.OK, new()
    {
        ["status"] = order.Status,
        ["identifiers"] = order.Identifiers.DeepClone(),
        ["authorizations"] = new JsonArray([.. order.Authorizations.Select(one => JsonValue.Create(Url("authz", one.Number).AbsoluteUri))]),
        ["finalize"] = Url("finalize", order.Number).AbsoluteUri,
        ["certificate"] = order.CertificatePem is null ? null : Url("cert", order.Number).AbsoluteUri,
    });

    private HttpResponseMessage AnswerAuthorization(FakeAuthorization authorization)
    {
        var status = authorization.StillPending-- > 0 ? "pending" : authorization.Status;
        string[] types = authorization.IsWildcard ? [ChallengeTypes.Dns01] : [ChallengeTypes.Http01, ChallengeTypes.Dns01];
        return WithRetryAfter(Json(HttpStatusCode.OK, new()
        {
            ["status"] = status,
            ["identifier"] = new JsonObject { ["type"] = "dns", ["value"] = authorization.Identifier },
            ["wildcard"] = authorization.IsWildcard,
            ["challenges"] = new JsonArray([.. types.Select(type => ChallengeObject(type, authorization))]),
        }));
    }

    private JsonObject ChallengeObject(string type, FakeAuthorization authorization) => new()
    {
        ["type"] = type,
        ["url"] = Url("challenge", type, authorization.Number).AbsoluteUri,
        ["token"] = authorization.Token,
        ["error"] = authorization.Status != "invalid" ? null : new JsonObject { ["type"] = "urn:ietf:params:acme:error:unauthorized", ["detail"] = "nothing there" },
    };

    private JsonObject DirectoryObject()
    {
        var directory = new JsonObject
        {
            ["newNonce"] = Url("nonce").AbsoluteUri,
            ["newAccount"] = Url("new-account").AbsoluteUri,
            ["newOrder"] = Url("new-order").AbsoluteUri,
            ["revokeCert"] = Url("revoke").AbsoluteUri,
            ["keyChange"] = Url("key-change").AbsoluteUri,
            ["meta"] = new JsonObject { ["profiles"] = new JsonObject { ["shortlived"] = "six days" } },
        };
        if (Window is not null)
            directory["renewalInfo"] = Url("ari").AbsoluteUri;
        return directory;
    }

    private FakeOrder Order(string number) => Orders[int.Parse(number)];

    private FakeAuthorization Authorization(string number) =>
        Orders[int.Parse(number) / 1000].Authorizations.Single(authorization => authorization.Number == int.Parse(number));

    private Uri Url(params object[] parts) => new($"https://{Directory.Host}/{string.Join('/', parts)}");

    private HttpResponseMessage WithRetryAfter(HttpResponseMessage response)
    {
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = new(wait);
        return response;
    }

    private string NewNonce()
    {
        var nonce = Guid.NewGuid().ToString("N");
        _nonces.Add(nonce);
        return nonce;
    }

    private static HttpResponseMessage Json(HttpStatusCode status, JsonObject content) =>
        new(status) { Content = new StringContent(content.ToJsonString(), Encoding.UTF8, "application/json") };
}
