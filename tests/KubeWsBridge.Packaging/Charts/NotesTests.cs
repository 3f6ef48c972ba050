namespace KubeWsBridge.Packaging.Charts;

/// <summary>What helm says after an installation.</summary>
public sealed class NotesTests
{
    private const string Tls = "tls: {mode: internal}\n";
    private const string State = "mode: inject\nscript: /a.php\ntls: {mode: internal}\n";

    [Theory]
    [InlineData(Tls + "httpRoute: {enabled: true, parentRefs: [{name: a}]}", "needs a BackendTLSPolicy beside it")]
    [InlineData(Tls + "ingress: {enabled: true, hosts: [a]}", "the annotation of its controller for the backend's protocol")]
    [InlineData(Tls, "wss://web-kubewsbridge.shop:443")]
    [InlineData("", "ws://web-kubewsbridge.shop:80")]
    [InlineData("replicas: 1\ntls: {mode: automate, domains: [a]}\npersistence: {enabled: true}", "the authority comes to port 80 of a, which must lead to port 80 of the Service.")]
    [InlineData("replicas: 1\ntls: {mode: automate, domains: [a]}\npersistence: {enabled: true}\ningress: {enabled: true, hosts: [a]}", "route the path /.well-known/acme-challenge/ there")]
    [InlineData(State + "persistence: {enabled: true}", "They need securityContext.fsGroup 1654")]
    [InlineData(State + "persistence: {enabled: true}", "Only one of them can hold it")]
    public async Task Notes_WhereSomethingElseIsNeeded_SaySo(string values, string sentence) =>
        Assert.Contains(sentence, await Chart.NotesAsync(values), StringComparison.Ordinal);

    [Theory]
    [InlineData("httpRoute: {enabled: true, parentRefs: [{name: a}]}", "BackendTLSPolicy")]
    [InlineData(Tls, "BackendTLSPolicy")]
    [InlineData(State, "fsGroup")]
    [InlineData(State + "persistence: {enabled: true, accessModes: [ReadWriteMany]}", "Only one of them")]
    public async Task Notes_WhereNothingIsNeeded_AreShort(string values, string words) =>
        Assert.DoesNotContain(words, await Chart.NotesAsync(values), StringComparison.Ordinal);
}
