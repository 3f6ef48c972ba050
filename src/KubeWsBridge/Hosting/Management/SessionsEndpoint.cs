using KubeWsBridge.Bridge;
using KubeWsBridge.Bridge.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace KubeWsBridge.Hosting.Management;

/// <summary>Lists sessions, and ends one.</summary>
internal sealed class SessionsEndpoint(SessionRegistry registry, TimeProvider timeProvider)
{
    /// <summary>Most sessions of one answer.</summary>
    public const int MostListed = 1000;

    /// <summary>The path below which each session has its own.</summary>
    public const string PathOfOne = "/sessions/";

    /// <summary>Answers with those that have been there longest.</summary>
    public Task ListAsync(HttpContext context)
    {
        var sessions = registry.Sessions.OrderBy(session => session.OpenedAt).Take(MostListed).Select(Describe).ToArray();
        return ManagementAnswer.JsonAsync(
            context, StatusCodes.Status200OK, new SessionList(registry.Count, sessions), ManagementJson.Default.SessionList);
    }

    /// <summary>Asks the session for an orderly end; it may take its worker's grace.</summary>
    public Task EndAsync(HttpContext context)
    {
        var text = context.Request.Path.Value![PathOfOne.Length..];
        if (!Guid.TryParseExact(text, "D", out var id))
            return ManagementAnswer.TextAsync(context, StatusCodes.Status400BadRequest, $"{text} is no connection id.");
        if (registry.Find(id) is not { } session)
            return ManagementAnswer.TextAsync(context, StatusCodes.Status404NotFound, $"There is no session {id}.");
        session.RequestEnd(Refusals.EndedByOperator);
        return ManagementAnswer.TextAsync(context, StatusCodes.Status202Accepted, $"Session {id} is asked to end.");
    }

    private SessionAnswer Describe(Session session)
    {
        var traffic = session.Traffic;
        return new SessionAnswer(
            session.Id, session.State.ToString().ToLowerInvariant(), session.Metadata.Client.ToString(), session.Metadata.Path, session.Route.Path,
            session.WorkerProcessId, Math.Round(timeProvider.GetElapsedTime(session.OpenedAt).TotalSeconds, 3),
            traffic?.MessagesReceived ?? 0, traffic?.BytesReceived ?? 0, traffic?.MessagesSent ?? 0, traffic?.BytesSent ?? 0);
    }
}
