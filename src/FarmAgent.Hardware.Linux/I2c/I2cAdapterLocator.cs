using System.Globalization;

namespace FarmAgent.Hardware.Linux.I2c;

/// <summary>
/// Finds the I2C adapter that a board's file names: by device node (<c>/dev/i2c-0</c>), by the adapter's name (<c>i2c-tiny-usb at bus 001 device
/// 003</c>, or a beginning of it that only one has), or by its node in the device tree (<c>/soc/i2c@1c2ac00</c> or just <c>i2c@1c2ac00</c>).
/// Numbers depend on the order in which drivers start; the other two do not.
/// </summary>
internal sealed class I2cAdapterLocator(string sysfs, string dev)
{
    private const string NodePrefix = "i2c-";

    /// <summary>The adapter's number, as in <c>/dev/i2c-N</c>.</summary>
    /// <param name="adapter">As written in the board's file.</param>
    /// <exception cref="HardwareException">None or several (<c>I2C_ADAPTER_LOST</c>, <c>I2C_ADAPTER_AMBIGUOUS</c>).</exception>
    public int Find(string adapter)
    {
        var node = Path.Combine(dev, NodePrefix);
        if (adapter.StartsWith(node, StringComparison.Ordinal) && TryNumber(adapter[node.Length..], out var number))
        {
            return number;
        }

        var all = List();
        var found = all.Where(a => a.Name == adapter).ToList();
        if (found.Count == 0)
        {
            found = [.. all.Where(a => IsNode(a.DeviceTreeNode, adapter))];
        }

        if (found.Count == 0)
        {
            found = [.. all.Where(a => a.Name.StartsWith(adapter, StringComparison.Ordinal))];
        }

        return found.Count switch
        {
            1 => found[0].Number,
            0 => throw new HardwareException("I2C_ADAPTER_LOST", $"There is no I2C adapter '{adapter}'. {Listed(all)}"),
            _ => throw new HardwareException("I2C_ADAPTER_AMBIGUOUS", $"{found.Count} I2C adapters match '{adapter}'. {Listed(found)} Name one by its device-tree node or device."),
        };
    }

    private static bool IsNode(string? node, string adapter) =>
        node is not null && (node == adapter || node.EndsWith("/" + adapter, StringComparison.Ordinal));

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Listed(IReadOnlyList<Adapter> adapters) => adapters.Count == 0
        ? "This host has none at all: is i2c-dev loaded (modprobe i2c-dev), and the adapter enabled in the device tree?"
        : "There are: " + string.Join("; ", adapters.Select(a => $"/dev/i2c-{a.Number} '{a.Name}'" + (a.DeviceTreeNode is null ? string.Empty : $" {a.DeviceTreeNode}"))) + ".";

    private List<Adapter> List()
    {
        var folder = Path.Combine(sysfs, "class/i2c-dev");
        var adapters = new List<Adapter>();
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, NodePrefix + "*") : [])
        {
            var name = Path.Combine(path, "name");
            if (TryNumber(Path.GetFileName(path)[NodePrefix.Length..], out var number) && File.Exists(name))
            {
                adapters.Add(new Adapter(number, File.ReadAllText(name).Trim(), NodeOf(path)));
            }
        }

        return [.. adapters.OrderBy(a => a.Number)];
    }

    /// <summary>The device's node in the device tree, as the link of sysfs tells it.</summary>
    private static string? NodeOf(string path)
    {
        const string Root = "/devicetree/base";
        var link = new DirectoryInfo(Path.Combine(path, "device/of_node"));
        if (!link.Exists || link.ResolveLinkTarget(returnFinalTarget: true)?.FullName is not { } target)
        {
            return null;
        }

        var start = target.IndexOf(Root, StringComparison.Ordinal);
        return start < 0 ? null : target[(start + Root.Length)..];
    }

    private sealed record Adapter(int Number, string Name, string? DeviceTreeNode);
}
