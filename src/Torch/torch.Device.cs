using System.Globalization;
using System.Text.RegularExpressions;

namespace MedicalGpt.Torch;

public static partial class torch
{
    /// <summary>Where a tensor lives: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    public sealed partial class Device : IEquatable<Device>
    {
        /// <summary>A device by type and index; -1 is the current one.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>A device by name: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, <c>meta</c>.</summary>
        public Device(string description)
        {
            var match = Pattern().Match(description);
            if (!match.Success) throw new TorchException($"'{description}' is not a device. Allowed: cpu, cuda, cuda:N, meta.");
            type = Enum.Parse<DeviceType>(match.Groups[1].Value, ignoreCase: true);
            index = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : -1;
        }

        /// <summary>Kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>Which one; -1 is the current one.</summary>
        public int index { get; }

        /// <inheritdoc/>
        public bool Equals(Device? other) => other is not null && other.type == type && other.index == index;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => Equals(obj as Device);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(type, index);

        /// <inheritdoc/>
        public override string ToString() => type.ToString().ToLowerInvariant() + (index < 0 ? "" : ":" + index.ToString(CultureInfo.InvariantCulture));

        [GeneratedRegex("^(cpu|cuda|meta|privateuseone)(?::([0-9]{1,2}))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
        private static partial Regex Pattern();
    }

    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The current NVIDIA GPU.</summary>
    public static Device CUDA { get; } = new(DeviceType.CUDA);

    /// <summary>A device by name: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</summary>
    public static Device device(string description) => new(description);

    /// <summary>A device by type and index.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);
}
