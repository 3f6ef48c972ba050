using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>Proves all identifiers of an order.</summary>
internal sealed class Authorizing(AcmeAccount account, ChallengeDesk challenges, Polling polling, Action<OrderEvent> report)
{
    /// <summary>Returns the record as it is written down now, with no answers shown any more.</summary>
    public async Task<OrderInProgress> RunAsync(OrderInProgress record, OrderResource order, CancellationToken cancellationToken)
    {
        try
        {
            var pending = await FindPendingAsync(order, cancellationToken);
            record = record with { Presented = [.. record.Presented.Union(pending.Select(one => one.Challenge))] };
            await challenges.PresentAsync(record, pending, cancellationToken);
            foreach (var authorization in pending)
                await AnswerAsync(authorization, cancellationToken);

            // All are waited for, also after one has failed: the message then names all that is wrong.
            var failures = new List<ProblemDocument>();
            foreach (var authorization in pending)
            {
                if (await WaitAsync(authorization, cancellationToken) is { } failure)
                    failures.Add(failure);
            }
            if (failures.Count > 0)
                throw Failed(failures);
        }
        finally
        {
            record = await challenges.CleanUpAsync(record);
        }
        return record;
    }

    private async Task<List<PendingAuthorization>> FindPendingAsync(OrderResource order, CancellationToken cancellationToken)
    {
        var pending = new List<PendingAuthorization>();
        foreach (var url in order.Authorizations)
        {
            var authorization = await account.GetAuthorizationAsync(url, cancellationToken);
            if (authorization.Status == AuthorizationStatus.Valid)
                report(new(OrderStep.Authorized, authorization.Identifier.Value, "as it was before"));
            else if (authorization.Status == AuthorizationStatus.Pending)
                pending.Add(challenges.Choose(url, authorization, account.Key.Thumbprint));
            else
                throw Failed([FailureOf(authorization)]);
        }
        return pending;
    }

    private async Task AnswerAsync(PendingAuthorization authorization, CancellationToken cancellationToken)
    {
        try
        {
            await account.AnswerChallengeAsync(authorization.ChallengeUrl, cancellationToken);
        }
        catch (AcmeProblemException refused) when (refused.Problem.Status is >= 400 and < 500 and not 429)
        {
            // An answer that got lost and was sent again comes too late when the authority has looked already.
            if ((await account.GetAuthorizationAsync(authorization.Url, cancellationToken)).Status == AuthorizationStatus.Pending)
                throw;
        }
    }

    private async Task<ProblemDocument?> WaitAsync(PendingAuthorization authorization, CancellationToken cancellationToken)
    {
        Task<AuthorizationResource> Ask() => account.GetAuthorizationAsync(authorization.Url, cancellationToken);
        var now = await polling.UntilPassedAsync(
            await Ask(), state => state.Status == AuthorizationStatus.Pending, state => state.RetryAfter, Ask, cancellationToken);
        if (now.Status != AuthorizationStatus.Valid)
            return FailureOf(now);
        report(new(OrderStep.Authorized, authorization.Challenge.Identifier.Value, $"by {authorization.Challenge.Type}"));
        return null;
    }

    private static ProblemDocument FailureOf(AuthorizationResource authorization)
    {
        var failed = authorization.Challenges.FirstOrDefault(challenge => challenge.Error is not null);
        var error = failed?.Error ?? new() { Type = authorization.Status.ToString().ToLowerInvariant(), Detail = "the authority does not say why" };
        var name = authorization.Wildcard ? authorization.Identifier with { Value = "*." + authorization.Identifier.Value } : authorization.Identifier;
        return error with { Identifier = name, Detail = failed is null ? error.Detail : $"{error.Detail} ({failed.Type})" };
    }

    private static AcmeOrderException Failed(List<ProblemDocument> failures)
    {
        var advice = failures.Select(failure => ProblemKinds.Advice(failure.Kind)).OfType<string>().Distinct();
        var names = string.Join(", ", failures.Select(failure => failure.Identifier));
        return new($"Control of {names} was not proved. {string.Join("; ", failures)}. {string.Join(" ", advice)}".TrimEnd(), failures[0]);
    }
}
