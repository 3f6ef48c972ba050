using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>Chooses challenges, shows their answers and takes them away again; what is shown is written down before.</summary>
internal sealed class ChallengeDesk(
    IReadOnlyList<IChallengeSolver> solvers, IOrderJournal journal, OrderFlowOptions options, TimeProvider time, Action<OrderEvent> report)
{
    /// <summary>Takes the first solver for whose challenge the authority asks.</summary>
    /// <exception cref="AcmeException">There is none.</exception>
    public PendingAuthorization Choose(Uri url, AuthorizationResource authorization, string thumbprint)
    {
        foreach (var solver in solvers)
        {
            if (authorization.Challenges.FirstOrDefault(challenge => challenge.Type == solver.Type) is { Token: { } token } challenge)
                return new(url, challenge.Url, new(challenge.Type, authorization.Identifier, token, $"{token}.{thumbprint}"));
        }
        var name = (authorization.Wildcard ? "*." : "") + authorization.Identifier;
        throw new AcmeException(
            $"The authority offers {List(authorization.Challenges.Select(challenge => challenge.Type))} for {name}, and this server is set up for "
            + $"{List(solvers.Select(solver => solver.Type))}."
            + (authorization.Wildcard ? " A wildcard needs dns-01: configure a DNS provider." : " Configure one of those offered."));
    }

    /// <summary>Writes the record down, shows the answers, and waits until the authority can see them.</summary>
    public async Task PresentAsync(OrderInProgress record, IReadOnlyList<PendingAuthorization> pending, CancellationToken cancellationToken)
    {
        await journal.SaveAsync(record, cancellationToken);
        foreach (var (_, _, challenge) in pending)
        {
            await SolverOf(challenge)!.PresentAsync(challenge, cancellationToken);
            report(new(OrderStep.Presented, challenge.Identifier.Value, challenge.Type));
        }
        await Task.WhenAll(pending.Select(one => SolverOf(one.Challenge)!.WaitAsync(one.Challenge, cancellationToken)));
    }

    /// <summary>Takes away all answers of the record, by a deadline of its own: whatever ended the order, they must not stay.</summary>
    /// <returns>The record as it is written down now: what could not be taken away is tried again by the next attempt.</returns>
    public async Task<OrderInProgress> CleanUpAsync(OrderInProgress record)
    {
        if (record.Presented.Count == 0)
            return record;

        using var deadline = new CancellationTokenSource(options.CleanUpDeadline, time);
        var left = new List<PresentedChallenge>();
        foreach (var challenge in record.Presented)
        {
            if (!await TryCleanUpAsync(challenge, deadline.Token))
                left.Add(challenge);
        }
        record = record with { Presented = left };
        try
        {
            await journal.SaveAsync(record, deadline.Token);
        }
        catch (Exception unsaved)
        {
            // The next attempt then takes away what is gone already, which does no harm; the order's own end must not be hidden by this one.
            report(new(OrderStep.NotWrittenDown, record.Order.AbsoluteUri, Error: unsaved));
        }
        return record;
    }

    private async Task<bool> TryCleanUpAsync(PresentedChallenge challenge, CancellationToken cancellationToken)
    {
        try
        {
            // Without a solver, the configuration has changed, and what it put somewhere is out of reach.
            if (SolverOf(challenge) is not { } solver)
                throw new AcmeException($"{challenge.Type} is no longer configured; remove the challenge's answer by hand.");
            await solver.CleanUpAsync(challenge, cancellationToken);
            report(new(OrderStep.CleanedUp, challenge.Identifier.Value, challenge.Type));
            return true;
        }
        catch (Exception failed)
        {
            report(new(OrderStep.CleanUpFailed, challenge.Identifier.Value, challenge.Type, failed));
            return SolverOf(challenge) is null;
        }
    }

    private IChallengeSolver? SolverOf(PresentedChallenge challenge) => solvers.FirstOrDefault(solver => solver.Type == challenge.Type);

    private static string List(IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } list ? list : "nothing";
}
