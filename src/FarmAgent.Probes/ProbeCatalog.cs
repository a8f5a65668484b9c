using FarmAgent.Hardware.Time;
using FarmAgent.Hardware.Usb;
using FarmAgent.Probes.StLink;

namespace FarmAgent.Probes;

/// <summary>Finds the debug probes among the USB devices, and opens one.</summary>
public static class ProbeCatalog
{
    private static readonly TimeSpan RestartLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RestartPoll = TimeSpan.FromMilliseconds(100);

    /// <summary>All probes that are plugged in, in the order of their port paths; also those that cannot be used, with the reason.</summary>
    /// <param name="usb">The host's USB devices.</param>
    public static IReadOnlyList<ProbeInfo> List(IUsbEnumerator usb)
    {
        ArgumentNullException.ThrowIfNull(usb);
        var found = new List<(UsbDeviceInfo Device, StLinkModel Model, string Serial)>();
        foreach (var device in usb.List())
        {
            if (StLinkModel.Find(device.VendorId, device.ProductId) is { } model)
            {
                found.Add((device, model, StLinkSerial.Decode(device.RawSerial)));
            }
        }

        // A serial that several probes share names none of them: cheap copies carry the same one.
        var shared = found.GroupBy(f => f.Serial, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)
            .Select(g => g.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. found.OrderBy(f => f.Device.PortPath, StringComparer.Ordinal).Select(f => new ProbeInfo
        {
            Model = f.Model.Name,
            Serial = f.Serial,
            Device = f.Device,
            Problem = f.Device.AccessProblem ?? f.Model.Unsupported,
            Selector = f.Serial.Length == 0 || shared.Contains(f.Serial)
                ? ProbeSelector.ByPort(f.Device.PortPath)
                : ProbeSelector.BySerial(f.Serial),
        })];
    }

    /// <summary>Finds the one probe that a selector names.</summary>
    /// <param name="usb">The host's USB devices.</param>
    /// <param name="selector">Which probe.</param>
    /// <exception cref="ProbeException">
    /// None, several, or none that may be looked at (<c>PROBE_NOT_FOUND</c>, <c>PROBE_AMBIGUOUS</c>, <c>PROBE_ACCESS_DENIED</c>).
    /// </exception>
    public static ProbeInfo Find(IUsbEnumerator usb, ProbeSelector selector)
    {
        var all = List(usb);
        var matching = all.Where(selector.Matches).ToList();
        return matching.Count switch
        {
            1 => matching[0],

            // A probe that may not be opened has no serial number to match: the missing right is the problem, not the cable.
            0 when all.FirstOrDefault(p => p.Device.AccessProblem is not null && p.Serial.Length == 0) is { } locked => throw new ProbeException(
                "PROBE_ACCESS_DENIED",
                $"No debug probe matches '{selector}', but {locked} may be it: its serial number cannot be read. {locked.Device.AccessProblem}")
                .With("selector", selector.ToString()),
            0 => throw new ProbeException(
                "PROBE_NOT_FOUND",
                $"No debug probe matches '{selector}'. {Describe("Plugged in", all)} Plug the probe in, check its USB cable, or correct the selector.")
                .With("selector", selector.ToString()),
            _ => throw new ProbeException(
                "PROBE_AMBIGUOUS",
                $"{matching.Count} debug probes match '{selector}'. {Describe("They are", matching)} Select one by "
                + string.Join(" or ", matching.Select(p => $"'{p.Selector}'")) + ".")
                .With("selector", selector.ToString()),
        };
    }

    /// <summary>Opens the one probe that a selector names and brings it into its idle mode; the target is not touched.</summary>
    /// <param name="usb">The host's USB devices.</param>
    /// <param name="selector">Which probe.</param>
    /// <param name="waiter">The bench's clock.</param>
    /// <exception cref="ProbeException">
    /// None, several, held by somebody else, not permitted or not answering (<c>PROBE_NOT_FOUND</c>, <c>PROBE_AMBIGUOUS</c>, <c>PROBE_BUSY</c>,
    /// <c>PROBE_ACCESS_DENIED</c>, <c>PROBE_NOT_RESPONDING</c>, <c>PROBE_UNSUPPORTED</c>, <c>PROBE_FIRMWARE_TOO_OLD</c>).
    /// </exception>
    public static IDebugProbe Open(IUsbEnumerator usb, ProbeSelector selector, IWaiter waiter)
    {
        ArgumentNullException.ThrowIfNull(waiter);
        var (info, model) = FindUsable(usb, selector);
        try
        {
            return StLinkProbe.Open(Claim(usb, info), info, model, waiter);
        }
        catch (StLinkRestartException)
        {
            (info, model) = AwaitReturn(usb, info, waiter);
            return StLinkProbe.Open(Claim(usb, info), info, model, waiter);
        }
    }

    /// <summary>Opens the one probe that a selector names for commands that come from elsewhere.</summary>
    /// <param name="usb">The host's USB devices.</param>
    /// <param name="selector">Which probe.</param>
    /// <exception cref="ProbeException">As <see cref="Open"/>.</exception>
    public static StLinkPassage OpenPassage(IUsbEnumerator usb, ProbeSelector selector)
    {
        var (info, model) = FindUsable(usb, selector);
        var pipe = Claim(usb, info);
        var passage = new StLinkPassage(new StLinkTransport(pipe, model), pipe, info);
        try
        {
            passage.Synchronise();
            return passage;
        }
        catch (ProbeException)
        {
            passage.Dispose();
            throw;
        }
    }

    /// <summary>Waits for a probe that restarts; it comes back in the same socket, perhaps with another serial and product.</summary>
    private static (ProbeInfo Info, StLinkModel Model) AwaitReturn(IUsbEnumerator usb, ProbeInfo info, IWaiter waiter)
    {
        var end = waiter.Elapsed + RestartLimit;
        var socket = ProbeSelector.ByPort(info.Device.PortPath);
        do
        {
            waiter.Wait(RestartPoll, CancellationToken.None);
            if (List(usb).Any(socket.Matches))
            {
                return FindUsable(usb, socket);
            }
        }
        while (waiter.Elapsed < end);

        throw new ProbeException(
            "PROBE_NOT_RESPONDING",
            $"{info} was in its firmware loader, left it, and did not come back on USB within {RestartLimit.TotalSeconds:0} s. Unplug it and plug it in again.");
    }

    private static (ProbeInfo Info, StLinkModel Model) FindUsable(IUsbEnumerator usb, ProbeSelector selector)
    {
        var info = Find(usb, selector);
        var model = StLinkModel.Find(info.Device.VendorId, info.Device.ProductId)!;
        return model.Unsupported is { } unsupported
            ? throw new ProbeException("PROBE_UNSUPPORTED", $"{info} cannot be used: {unsupported}")
            : (info, model);
    }

    private static IUsbBulkPipe Claim(IUsbEnumerator usb, ProbeInfo info)
    {
        try
        {
            return usb.Open(info.Device, interfaceNumber: 0);
        }
        catch (UsbException e)
        {
            throw e.Error switch
            {
                UsbError.Busy => new ProbeException(
                    "PROBE_BUSY",
                    $"{info} is in use by another program ({e.Message}). End that program (a debugger, OpenOCD, st-util) or take another probe.",
                    e),
                UsbError.AccessDenied => new ProbeException(
                    "PROBE_ACCESS_DENIED",
                    $"{info} may not be opened. {info.Device.AccessProblem ?? e.Message}",
                    e),
                UsbError.Disconnected => new ProbeException(
                    "PROBE_NOT_FOUND",
                    $"{info} was unplugged before it could be opened. Plug it in again.",
                    e),
                _ => new ProbeException(
                    "PROBE_NOT_RESPONDING",
                    $"{info} could not be opened: {e.Message} Unplug it and plug it in again.",
                    e),
            };
        }
    }

    private static string Describe(string lead, IReadOnlyList<ProbeInfo> probes) =>
        probes.Count == 0 ? $"{lead}: no probe at all." : $"{lead}: {string.Join("; ", probes)}.";
}
