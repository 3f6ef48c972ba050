using System.Net.Http.Headers;

namespace KubeWsBridge.Certificates.Storage.Kubernetes;

/// <summary>Asks the API server, with patience where it may help, and says in sentences why it does not do what it is asked.</summary>
internal sealed class KubernetesApi(KubernetesSetup setup, HttpMessageHandler? handler = null) : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Who is asked to wait for longer fails, and tries again at the next turn.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly ClusterAccess _access = setup.Access;
    private readonly HttpClient _http = KubernetesHttp.Create(setup, handler);

    /// <summary>Sends a request, and again where it may be of use.</summary>
    /// <returns>The answer: done, or no such object, or a conflict.</returns>
    /// <exception cref="StorageException">Everything else.</exception>
    public async Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var wait = FirstWait;
        for (var left = setup.Attempts; ; left--, wait *= 2)
        {
            var asked = TimeSpan.Zero;
            try
            {
                var answer = await SendOnceAsync(request, cancellationToken);
                asked = answer.RetryAfter ?? asked;
                if (left <= 1 || !answer.MayPass || asked > LongestWait)
                    return Judge(request, answer);
            }
            catch (Exception lost) when (IsLoss(lost, cancellationToken) && left > 1)
            {
                // What was sent may have been done all the same; whoever asks can tell by the conflict that follows.
            }
            catch (Exception lost) when (IsLoss(lost, cancellationToken))
            {
                throw Unreachable(lost);
            }
            await Task.Delay(asked + wait * (0.75 + setup.Random() / 2), setup.Time, cancellationToken);
        }
    }

    /// <summary>Sends a request once, for somebody whose patience has other rules.</summary>
    public async Task<ApiAnswer> TryAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return Judge(request, await SendOnceAsync(request, cancellationToken));
        }
        catch (Exception lost) when (IsLoss(lost, cancellationToken))
        {
            throw Unreachable(lost);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<ApiAnswer> SendOnceAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(RequestTimeout, setup.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var message = new HttpRequestMessage(request.Method, new Uri(_access.Address, request.PathIn(_access.Namespace)));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await ReadTokenAsync(either.Token));
        message.Headers.TryAddWithoutValidation("Accept", KubernetesHttp.Accept(request));
        if (request.Body is { } body)
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using var response = await _http.SendAsync(message, either.Token);
        return new(response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token), response.Headers.RetryAfter?.Delta);
    }

    private async Task<string> ReadTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(_access.TokenFile, cancellationToken)).Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The service account's token can't be read: {unreadable.Message}", unreadable);
        }
    }

    private ApiAnswer Judge(ApiRequest request, ApiAnswer answer) =>
        answer.IsSuccess || answer.IsConflict || (answer.IsMissing && request.Name is not null) ? answer : throw new StorageException(Sorry(request, answer));

    private string Sorry(ApiRequest request, ApiAnswer answer)
    {
        var (message, subject) = (answer.ReadMessage(), $"{request.Kind.Plural}{(request.Name is null ? "" : $" \"{request.Name}\"")}");
        return (int)answer.Status switch
        {
            401 => $"The Kubernetes API server does not take the token in {_access.TokenFile}: {message}.",
            // Quotas and admission controllers answer with the same status; their messages say what to do.
            403 when message.Contains("cannot ", StringComparison.Ordinal) =>
                $"The pod's service account may not {request.Verb} {request.Kind.Plural} in the namespace {_access.Namespace}. Its Role needs the rule "
                + $"{request.Kind.Rule}. The server says: {message}.",
            429 or >= 500 => $"The Kubernetes API server could not {request.Verb} {subject} in {setup.Attempts} attempts: {message}. It is tried again later.",
            _ => $"The Kubernetes API server refuses to {request.Verb} {subject} in the namespace {_access.Namespace}: {message}.",
        };
    }

    private StorageException Unreachable(Exception lost) => new(
        $"The Kubernetes API server at {_access.Address} can't be reached: {lost.GetBaseException().Message} A NetworkPolicy may be in the way.", lost);

    private static bool IsLoss(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
