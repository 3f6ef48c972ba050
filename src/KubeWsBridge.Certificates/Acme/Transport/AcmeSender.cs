using System.Net;
using System.Net.Http.Headers;
using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme.Transport;

/// <summary>Sends requests until they are answered: with a nonce each, signed anew each time, with patience where it may help.</summary>
/// <remarks>
/// HttpClient repeats no POST whose connection was lost, since it can't know whether the server has acted on it. Here it is known: everything ACME
/// does may be done twice, or is refused the second time with an error that the caller can tell from a failure.
/// </remarks>
internal sealed class AcmeSender(HttpClient http, AcmeClientOptions options, TimeProvider time, Func<double> random)
{
    private readonly NoncePool _nonces = new();

    /// <summary>Where fresh nonces come from; known once the directory is.</summary>
    public Uri? NewNonce { get; set; }

    /// <summary>Asks without a signature: only the directory and renewal information are read so.</summary>
    public Task<AcmeAnswer> GetAsync(Uri url, CancellationToken cancellationToken) =>
        SendPatientlyAsync(url, _ => Task.FromResult(new HttpRequestMessage(HttpMethod.Get, url)), cancellationToken);

    /// <summary>Sends a JWS that <paramref name="sign"/> makes for each attempt from a fresh nonce.</summary>
    public Task<AcmeAnswer> PostAsync(Uri url, Func<string, byte[]> sign, CancellationToken cancellationToken) =>
        SendPatientlyAsync(url, async token => new(HttpMethod.Post, url) { Content = JoseContent(sign(await TakeNonceAsync(token))) }, cancellationToken);

    private async Task<AcmeAnswer> SendPatientlyAsync(
        Uri url, Func<CancellationToken, Task<HttpRequestMessage>> makeRequest, CancellationToken cancellationToken)
    {
        // A directory over https that points elsewhere over http would send what is secret in the open.
        if (url.Scheme != options.Directory.Scheme)
            throw new AcmeProtocolException(options.Directory, $"points to {url}, whose scheme is another");

        var retries = options.Retries;
        var waits = new Waits(retries.FirstWait, retries.LongestWait, random);
        var badNonces = 0;
        for (var attempt = 1; ; attempt++)
        {
            AcmeAnswer answer;
            try
            {
                answer = await SendOnceAsync(url, makeRequest, cancellationToken);
            }
            catch (Exception lost) when (IsLoss(lost, cancellationToken))
            {
                if (attempt >= retries.Attempts)
                    throw new AcmeUnreachableException(url, attempt, lost);
                await Task.Delay(waits.Next(), time, cancellationToken);
                continue;
            }

            if (answer.IsSuccess)
                return answer;

            var problem = ReadProblem(answer);
            if (problem.Kind == ProblemKinds.BadNonce && badNonces++ < retries.BadNonces)
            {
                attempt--; // a refused nonce says nothing about the server's health
                continue;
            }
            if (attempt >= retries.Attempts || !MayPass(answer, retries))
                throw new AcmeProblemException(problem, url, answer.RetryAfter) { RetryAfter = answer.RetryAfter };
            await Task.Delay(waits.Next(answer.RetryAfter), time, cancellationToken);
        }
    }

    private async Task<AcmeAnswer> SendOnceAsync(
        Uri url, Func<CancellationToken, Task<HttpRequestMessage>> makeRequest, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = await makeRequest(either.Token);
        using var response = await http.SendAsync(request, either.Token);
        var answer = await AnswerReader.ReadAsync(response, url, time.GetUtcNow(), either.Token);
        if (!answer.IsSuccess && ReadProblem(answer).Kind == ProblemKinds.BadNonce)
            _nonces.Clear();
        _nonces.Put(answer.Nonce);
        return answer;
    }

    private async Task<string> TakeNonceAsync(CancellationToken cancellationToken)
    {
        if (_nonces.TryTake(out var kept))
            return kept;

        var url = NewNonce ?? throw new InvalidOperationException("The directory has to be read before anything is sent.");
        using var request = new HttpRequestMessage(HttpMethod.Head, url);
        using var response = await http.SendAsync(request, cancellationToken);
        var answer = await AnswerReader.ReadAsync(response, url, time.GetUtcNow(), cancellationToken);
        return answer.Nonce ?? throw new HttpRequestException($"{url} gave no nonce but status {(int)answer.Status}");
    }

    // RFC 8555 section 6.2: exactly this type, without a charset.
    private static ByteArrayContent JoseContent(byte[] jws) => new(jws) { Headers = { ContentType = new MediaTypeHeaderValue("application/jose+json") } };

    private static bool IsLoss(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // A server's own troubles pass, and so does a limit that says when; all other refusals would be repeated word for word.
    private static bool MayPass(AcmeAnswer answer, RetryOptions retries) => answer.Status switch
    {
        HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            answer.RetryAfter is null || answer.RetryAfter <= retries.LongestRetryAfter,
        HttpStatusCode.TooManyRequests => answer.RetryAfter <= retries.LongestRetryAfter,
        _ => false,
    };

    private static ProblemDocument ReadProblem(AcmeAnswer answer)
    {
        if (answer.MediaType is "application/problem+json" or "application/json")
        {
            try
            {
                return answer.Read(AcmeJson.Default.ProblemDocument) with { Status = (int)answer.Status };
            }
            catch (AcmeProtocolException)
            {
                // Told by its status alone, below.
            }
        }
        return new() { Status = (int)answer.Status, Type = $"HTTP status {(int)answer.Status}" };
    }
}
