using FarmAgent.Flashing.Planning;
using FarmAgent.Probes.Cortex;

namespace FarmAgent.Flashing.Targets;

/// <summary>An identified chip: its kind, and what this one says of itself.</summary>
public sealed record FlashTarget
{
    /// <summary>The kind of chip.</summary>
    public required TargetDescription Description { get; init; }

    /// <summary>What the silicon says.</summary>
    public required TargetIdentity Identity { get; init; }

    /// <summary>Its flash.</summary>
    public required FlashGeometry Geometry { get; init; }

    /// <summary>Its unique id, 24 upper-case hex digits in address order; empty when it cannot be read.</summary>
    public required string UniqueId { get; init; }

    /// <summary>What is odd but usable, in words.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Short name with size, for example <c>STM32F10x medium density, 64 KiB</c>.</summary>
    public override string ToString() => $"{Description.Name}, {Geometry.Bytes / 1024} KiB";
}
