namespace KubeWsBridge.Bridge.Admission.Memory;

/// <summary>Reads the memory limit that ends processes when it is passed.</summary>
public interface IMemoryMeter
{
    /// <summary>Reads limit and use as they are now; a limit can change while the program runs.</summary>
    MemoryReading Read();
}
