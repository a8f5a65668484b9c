using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using FarmAgent.Hardware.I2c;
using FarmAgent.Hardware.Linux.Native;

namespace FarmAgent.Hardware.Linux.I2c;

/// <summary>The kernel's error numbers of I2C transfers as outcomes (Documentation/i2c/fault-codes.rst).</summary>
internal static partial class I2cErrors
{
    /// <summary>
    /// The number behind an exception of System.Device.Gpio, which hides it: the one in its text, else the platform's last one. The text comes
    /// first, since whatever the runtime does while it throws may set another last number.
    /// </summary>
    /// <param name="exception">What was caught.</param>
    /// <param name="last">The platform's last error number, taken before anything else.</param>
    public static int NumberOf(IOException exception, int last) =>
        Number().Match(exception.Message) is { Success: true } match && int.TryParse(match.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : last > 0 ? last : Errno.InputOutput;

    /// <summary>The platform's last error number.</summary>
    public static int Last() => Marshal.GetLastPInvokeError();

    /// <summary>What a failed transfer says; null when the adapter is not there any more.</summary>
    /// <param name="error">Error number.</param>
    /// <param name="addressOnly">True when nothing but the address was sent.</param>
    public static I2cTransferStatus? Outcome(int error, bool addressOnly) => error switch
    {
        Errno.NoDeviceOrAddress => I2cTransferStatus.AddressNack,

        // Older drivers answer so for an address that nobody acknowledges, too; it is a refusal either way.
        Errno.RemoteInputOutput => addressOnly ? I2cTransferStatus.AddressNack : I2cTransferStatus.DataNack,
        Errno.TryAgain => I2cTransferStatus.ArbitrationLost,
        Errno.TimedOut => I2cTransferStatus.Timeout,
        Errno.Busy => I2cTransferStatus.BusStuck,
        Errno.NoDevice or Errno.Shutdown or Errno.BrokenPipe or Errno.NoEntry => null,
        _ => I2cTransferStatus.AdapterFault,
    };

    [GeneratedRegex("(?<=\\b[Ee]rror (code )?)[0-9]+|(?<=: )[0-9]+(?=\\.?$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
