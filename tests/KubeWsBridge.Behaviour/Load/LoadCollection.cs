using System.Diagnostics.CodeAnalysis;

namespace KubeWsBridge.Behaviour.Load;

/// <summary>Heavy tests run one after another and beside nothing else, or they would measure each other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[SuppressMessage("Naming", "CA1711", Justification = "It is xunit's collection.")]
public sealed class LoadCollection
{
    /// <summary>The collection's name.</summary>
    public const string Name = "load";
}
