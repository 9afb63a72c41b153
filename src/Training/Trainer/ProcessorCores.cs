namespace MedicalGpt.Training;

/// <summary>
/// How many threads suit the tensor library. libtorch 1.13 halves the processor count on the guess that two processors share a core,
/// which leaves a machine of two real cores with one thread; the kernel knows better.
/// </summary>
public static class ProcessorCores
{
    private const string Variable = "OMP_NUM_THREADS";
    private const string Topology = "/sys/devices/system/cpu";

    /// <summary>Threads to use: those of <c>OMP_NUM_THREADS</c> where it is set (null: the library has taken it already), else one per physical core that this process may use.</summary>
    public static int? Threads => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } ? null : Math.Min(Physical(), Environment.ProcessorCount);

    private static int Physical()
    {
        if (!Directory.Exists(Topology))
            return Environment.ProcessorCount;
        var cores = new HashSet<string>(StringComparer.Ordinal);
        foreach (var processor in Directory.EnumerateDirectories(Topology, "cpu*"))
        {
            var core = Path.Combine(processor, "topology", "core_id");
            var package = Path.Combine(processor, "topology", "physical_package_id");
            if (File.Exists(core) && File.Exists(package))
                cores.Add(File.ReadAllText(core).Trim() + "/" + File.ReadAllText(package).Trim());
        }

        return cores.Count > 0 ? cores.Count : Environment.ProcessorCount;
    }
}
