using System.Globalization;
using System.Text;
using FarmAgent.Api.Errors;

namespace FarmAgent.Cli.Tunnels;

/// <summary>An error as a packet of gdb's protocol: what gdb is told when there is no agent behind the connection, or none any more.</summary>
internal static class GdbErrorFrame
{
    /// <summary>Makes the packet.</summary>
    public static byte[] Of(FarmError error)
    {
        // What would have to be escaped is not worth it in a text for people.
        var text = new StringBuilder($"E.{error}").Replace('#', '_').Replace('$', '_').Replace('}', '_').Replace('*', '_').ToString();
        var bytes = Encoding.ASCII.GetBytes(text);
        var sum = bytes.Aggregate((byte)0, (total, value) => (byte)(total + value));
        return [(byte)'$', .. bytes, (byte)'#', .. Encoding.ASCII.GetBytes(sum.ToString("x2", CultureInfo.InvariantCulture))];
    }
}
