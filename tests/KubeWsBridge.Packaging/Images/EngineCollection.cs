namespace KubeWsBridge.Packaging.Images;

/// <summary>Tests that share one engine and its images.</summary>
[CollectionDefinition(Engine.Collection)]
public sealed class EngineCollection : ICollectionFixture<Engine>;
