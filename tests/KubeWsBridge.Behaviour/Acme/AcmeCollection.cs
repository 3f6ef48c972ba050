namespace KubeWsBridge.Behaviour.Acme;

/// <summary>One class after the other: each starts several bridges, whose start is most of the work here.</summary>
[CollectionDefinition(Name)]
public static class AcmeCollection
{
    public const string Name = "certificates from an authority";
}
