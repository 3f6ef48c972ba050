using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KubeWsBridge.Certificates.Dns.Http;

/// <summary>One provider's HTTP interface: addresses, credentials, patience with its limits, and its own words when it refuses.</summary>
/// <param name="provider">The provider's name, for messages.</param>
/// <param name="address">What all paths start with; ends with a slash.</param>
/// <param name="authorize">Puts the credentials into a request.</param>
/// <param name="parameters">Whose secrets no message may contain.</param>
/// <param name="context">The way there, and the time.</param>
internal sealed class ProviderApi(
    string provider, string address, Authorize authorize, DnsProviderParameters parameters, DnsProviderContext context)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly RequestPace _pace = new(context.Time);

    /// <summary>Whether an answer of 400 means "too fast"; most interfaces have 429 for that.</summary>
    public Func<ProviderAnswer, bool> IsThrottled { get; init; } = static _ => false;

    /// <summary>Reads something.</summary>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        Read(await SendAsync(HttpMethod.Get, path, null, cancellationToken), type);

    /// <summary>Reads something that may not be there.</summary>
    public async Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await ExchangeAsync(HttpMethod.Get, path, null, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound ? null : Read(Check(answer), type);
    }

    /// <summary>Changes something.</summary>
    public Task<ProviderAnswer> SendAsync<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(method, path, Content(body, type), cancellationToken);

    /// <summary>Changes something; the content is made anew for each attempt.</summary>
    public async Task<ProviderAnswer> SendAsync(
        HttpMethod method, string path, Func<HttpContent>? content, CancellationToken cancellationToken) =>
        Check(await ExchangeAsync(method, path, content, cancellationToken));

    /// <summary>Removes something; it may be gone already.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await ExchangeAsync(HttpMethod.Delete, path, null, cancellationToken);
        if (answer.Status != HttpStatusCode.NotFound)
            Check(answer);
    }

    /// <summary>Sends a request, again while the provider asks for patience, and gives whatever it says in the end.</summary>
    /// <exception cref="DnsException">The provider was not reached.</exception>
    public async Task<ProviderAnswer> ExchangeAsync(
        HttpMethod method, string path, Func<HttpContent>? content, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await TryAsync(method, path, content, attempt, cancellationToken);
            if (answer is not null && !(answer.IsBusy || (answer.Status == HttpStatusCode.BadRequest && IsThrottled(answer))))
                return answer;
            if (!await _pace.WaitAsync(answer, attempt, cancellationToken))
                return answer!;
        }
    }

    /// <summary>A body in JSON, made anew for each attempt.</summary>
    public static Func<HttpContent> Content<T>(T body, JsonTypeInfo<T> type)
    {
        var text = JsonSerializer.Serialize(body, type);
        return () => new StringContent(text, Utf8, "application/json");
    }

    /// <summary>Refuses an answer that is not a success.</summary>
    /// <exception cref="DnsException">It is not; the message has the provider's own words.</exception>
    public ProviderAnswer Check(ProviderAnswer answer) => answer.IsSuccess ? answer : throw Refusal(answer);

    /// <summary>Reads an answer's body.</summary>
    /// <exception cref="DnsException">It is not what the interface's documentation promises.</exception>
    public T Read<T>(ProviderAnswer answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new DnsException(
                $"{provider} answered {answer.Request} with something that is not understood ({Clean(e.Message)}): {Clean(ErrorText.Start(answer.Body))}", e);
        }
    }

    /// <summary>The exception for an answer that means no.</summary>
    public DnsException Refusal(ProviderAnswer answer)
    {
        var advice = answer.Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => " Check the credentials in --tls-dns-param and what they are allowed to do.",
            HttpStatusCode.TooManyRequests => " It goes on limiting requests; try again later.",
            _ => "",
        };
        return new DnsException(
            $"{provider} refused {answer.Request} with {(int)answer.Status} {answer.Status}: {Clean(ErrorText.Of(answer.Body))}{advice}");
    }

    private async Task<ProviderAnswer?> TryAsync(
        HttpMethod method, string path, Func<HttpContent>? content, int attempt, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(address + path)) { Content = content?.Invoke() };
        try
        {
            await authorize(request, cancellationToken);
            using var response = await context.Http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            return new ProviderAnswer($"{method} {request.RequestUri!.GetLeftPart(UriPartial.Path)}", response.StatusCode, body, response.Headers);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Reading again does no harm. A change whose answer got lost may have been made, so that is for the caller to look at.
            if (method == HttpMethod.Get && attempt < RequestPace.Attempts)
                return null;
            var problem = e is OperationCanceledException ? "no answer in time" : e.InnerException?.Message ?? e.Message;
            throw new DnsException($"{provider} was not reached at {request.RequestUri!.GetLeftPart(UriPartial.Authority)}: {Clean(problem)}. Check the network.", e);
        }
    }

    private string Clean(string text)
    {
        foreach (var secret in parameters.Secrets)
            text = text.Replace(secret.Reveal(), ProviderSecret.Mask, StringComparison.Ordinal);
        return text;
    }

}
