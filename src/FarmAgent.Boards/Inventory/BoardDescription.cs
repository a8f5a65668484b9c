using FarmAgent.Hardware.I2c;
using FarmAgent.Probes;

namespace FarmAgent.Boards.Inventory;

/// <summary>A test board as its owner described it: what it is called, what is attached, how it is left when nobody uses it.</summary>
public sealed record BoardDescription
{
    /// <summary>Name by which it is leased: letters, digits and dashes, at most 40, for example <c>b1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What a person calls it; the name when the file gives none.</summary>
    public required string Title { get; init; }

    /// <summary>Labels by which it can be selected.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Virtual bench or host devices.</summary>
    public required BoardBackend Backend { get; init; }

    /// <summary>Full path of the bench file of a virtual board; null for the built-in bench, and always for a real board.</summary>
    public string? BenchFile { get; init; }

    /// <summary>Which of the benches that the bench file stands for is this board's, from 1.</summary>
    public int BenchCopy { get; init; } = 1;

    /// <summary>Which probe is wired to it; null when it has none.</summary>
    public ProbeSelector? Probe { get; init; }

    /// <summary>Chip that its owner soldered on, for example <c>STM32F103C8</c>; null when he does not say.</summary>
    public string? Chip { get; init; }

    /// <summary>Its I2C adapters.</summary>
    public IReadOnlyList<I2cAdapterDescription> I2cAdapters { get; init; } = [];

    /// <summary>Host GPIO lines that are wired to it.</summary>
    public IReadOnlyList<GpioLineDescription> GpioLines { get; init; } = [];

    /// <summary>Its consoles.</summary>
    public IReadOnlyList<SerialPortDescription> SerialPorts { get; init; } = [];

    /// <summary>What switches its supply; null when nothing does.</summary>
    public PowerDescription? Power { get; init; }

    /// <summary>How it is left when nobody uses it.</summary>
    public SafeStateDescription SafeState { get; init; } = new();

    /// <summary>How it is flashed.</summary>
    public BoardFlashOptions Flash { get; init; } = new();

    /// <summary>Address of the GPIO expander on the first adapter that declares one; null when none does.</summary>
    public I2cAddress? ExpanderAddress => I2cAdapters.Select(a => a.ExpanderAddress).FirstOrDefault(a => a is not null);

    /// <summary>True when every wanted label is there with the wanted value.</summary>
    /// <param name="wanted">Labels asked for; none matches every board.</param>
    public bool HasLabels(IReadOnlyDictionary<string, string> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return wanted.All(w => Labels.TryGetValue(w.Key, out var value) && string.Equals(value, w.Value, StringComparison.Ordinal));
    }
}
