using KubeWsBridge.Certificates.Acme.Challenges;
using KubeWsBridge.Certificates.Acme.Resources;

namespace KubeWsBridge.Certificates.Acme.Ordering;

/// <summary>The way from a list of names to a certificate: read <see cref="RunAsync"/>.</summary>
public sealed class OrderFlow
{
    private readonly AcmeAccount _account;
    private readonly IOrderJournal _journal;
    private readonly IKeySource _keys;
    private readonly OrderFlowOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<OrderEvent> _report;
    private readonly Polling _polling;
    private readonly ChallengeDesk _challenges;
    private string _doing = "";

    /// <summary>Prepares a way.</summary>
    /// <param name="account">Who orders.</param>
    /// <param name="solvers">Who meets challenges, the preferred first.</param>
    /// <param name="journal">Where the order is written down.</param>
    /// <param name="keys">Where the certificate's key comes from.</param>
    /// <param name="options">Deadlines and the preferred chain.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Gives numbers from 0 up to 1, by which waits vary.</param>
    /// <param name="report">Is told each step.</param>
    public OrderFlow(
        AcmeAccount account,
        IReadOnlyList<IChallengeSolver> solvers,
        IOrderJournal journal,
        IKeySource keys,
        OrderFlowOptions? options = null,
        TimeProvider? time = null,
        Func<double>? random = null,
        Action<OrderEvent>? report = null)
    {
        (_account, _journal, _keys) = (account, journal, keys);
        _options = options ?? new();
        _time = time ?? TimeProvider.System;
        _report = report ?? (_ => { });
        _polling = new(_options, _time, random ?? Random.Shared.NextDouble);
        _challenges = new(solvers, journal, _options, _time, _report);
    }

    /// <summary>Obtains a certificate. The journal still holds the order then: whoever has stored the certificate clears it.</summary>
    /// <exception cref="AcmeException">There is none; the message says why.</exception>
    public async Task<IssuedCertificate> RunAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var deadline = new CancellationTokenSource(_options.Deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await RunByDeadlineAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AcmeTimeoutException(_doing, _options.Deadline);
        }
    }

    private async Task<IssuedCertificate> RunByDeadlineAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        // 1. Look at what an attempt before may have left. The answers it has shown are taken away, unless its order goes on: the authority may be
        //    looking at them at this moment.
        _doing = "going on with an earlier attempt";
        var earlier = await _journal.LoadAsync(cancellationToken);
        var resumed = default(OrderResource);
        try
        {
            resumed = await ResumeAsync(earlier, request, cancellationToken);
        }
        finally
        {
            if (earlier is not null && resumed is not { Status: OrderStatus.Pending })
                earlier = await _challenges.CleanUpAsync(earlier);
        }

        // 2. Go on with the order from before, or place one. From here on its URL and the key outlive a crash.
        _doing = "placing the order";
        var (record, order) = resumed is not null ? (earlier!, resumed) : await PlaceAsync(request, earlier?.Presented ?? [], cancellationToken);

        // 3. Prove what is not proved yet.
        _doing = "proving control of the names";
        if (order.Status == OrderStatus.Pending)
        {
            record = await new Authorizing(_account, _challenges, _polling, _report).RunAsync(record, order, cancellationToken);
            order = await PollAsync(record, await _account.GetOrderAsync(record.Order, cancellationToken), OrderStatus.Pending, cancellationToken);
        }

        // 4. Bring the certificate request.
        _doing = "bringing the certificate request";
        using var key = _keys.Load(record.KeyPem);
        if (order.Status == OrderStatus.Ready)
        {
            order = await _account.FinalizeAsync(record.Order, order.Finalize, SigningRequest.Create(key, record.Identifiers), cancellationToken);
            _report(new(OrderStep.Finalized, record.Order.AbsoluteUri));
        }

        // 5. Wait until the certificate is made.
        _doing = "waiting for the certificate";
        order = await PollAsync(record, order, OrderStatus.Processing, cancellationToken);
        if (order is not { Status: OrderStatus.Valid, Certificate: { } certificate })
            throw Failed(order);

        // 6. Fetch it, choose the chain, and see that it is what was ordered.
        _doing = "fetching the certificate";
        var chain = await FetchAsync(certificate, cancellationToken);
        IssueCheck.Verify(chain.Leaf, key, record.Identifiers);
        _report(new(OrderStep.Issued, record.Order.AbsoluteUri, $"{chain.Leaf.SerialNumber} until {chain.Leaf.NotAfter.ToUniversalTime():u}"));
        return new(chain, record.KeyPem);
    }

    private async Task<OrderResource?> ResumeAsync(OrderInProgress? record, OrderRequest request, CancellationToken cancellationToken)
    {
        if (record is null || record.Account != _account.Url || !record.Identifiers.ToHashSet().SetEquals(request.Identifiers))
            return null;
        try
        {
            var order = await _account.GetOrderAsync(record.Order, cancellationToken);
            var isGood = order.Status != OrderStatus.Invalid;
            _report(new(isGood ? OrderStep.Resumed : OrderStep.Forgotten, record.Order.AbsoluteUri, $"it is {order.Status.ToString().ToLowerInvariant()}"));
            return isGood ? order : null;
        }
        catch (AcmeProblemException gone) when (gone.Problem.Status is >= 400 and < 500 and not 429)
        {
            _report(new(OrderStep.Forgotten, record.Order.AbsoluteUri, gone.Problem.ToString()));
            return null;
        }
    }

    private async Task<(OrderInProgress Record, OrderResource Order)> PlaceAsync(
        OrderRequest request, IReadOnlyList<PresentedChallenge> left, CancellationToken cancellationToken)
    {
        using var key = _keys.Make();
        var (url, order) = await PlaceAsync(request, request.Replaces is not null, cancellationToken);
        var record = new OrderInProgress
        {
            Account = _account.Url,
            Order = url,
            Identifiers = request.Identifiers,
            KeyPem = key.ExportPem(),
            Presented = left,
        };
        await _journal.SaveAsync(record, cancellationToken);
        _report(new(OrderStep.Ordered, url.AbsoluteUri, string.Join(", ", request.Identifiers)));
        return (record, order);
    }

    private async Task<(Uri Url, OrderResource Order)> PlaceAsync(OrderRequest request, bool mayReplace, CancellationToken cancellationToken)
    {
        try
        {
            // Only an authority that gives renewal information knows the field.
            var directory = mayReplace ? await _account.GetDirectoryAsync(cancellationToken) : null;
            return await _account.NewOrderAsync(directory?.RenewalInfo is null ? request with { Replaces = null } : request, cancellationToken);
        }
        catch (AcmeProblemException replaced) when (mayReplace && replaced.Problem.Status is >= 400 and < 500 and not 429)
        {
            // Replaced before, by another account, or unknown there: no reason to go without a certificate (RFC 9773 section 5).
            return await PlaceAsync(request, mayReplace: false, cancellationToken);
        }
    }

    private async Task<CertificateChain> FetchAsync(Uri certificate, CancellationToken cancellationToken)
    {
        if (_options.PreferredChain is not { } preferred)
            return await _account.DownloadAsync(certificate, cancellationToken);

        var chains = await _account.DownloadAllAsync(certificate, cancellationToken);
        if (ChainChoice.Choose(chains, preferred) is { } chosen)
            return chosen;
        _report(new(OrderStep.ChainNotOffered, preferred, string.Join(", ", chains.Select(chain => chain.Top))));
        return chains[0];
    }

    private Task<OrderResource> PollAsync(OrderInProgress record, OrderResource order, OrderStatus passing, CancellationToken cancellationToken) =>
        _polling.UntilPassedAsync(
            order, now => now.Status == passing, now => now.RetryAfter, () => _account.GetOrderAsync(record.Order, cancellationToken), cancellationToken);

    private static AcmeOrderException Failed(OrderResource order) => new(
        $"The order for {string.Join(", ", order.Identifiers)} has failed: {order.Error?.ToString() ?? "the authority does not say why"}. "
        + (order.Error is { } error ? ProblemKinds.Advice(error.Kind) : null),
        order.Error);
}
