using FarmAgent.Probes;

namespace FarmAgent.Flashing.Targets;

/// <summary>Which kinds of chips may be written.</summary>
public static class FamilySupport
{
    /// <summary>Refuses a kind of chip whose flash controller no algorithm of this program has been run on, not even as a model.</summary>
    /// <param name="target">The chip.</param>
    /// <exception cref="TargetException"><c>FAMILY_UNVERIFIED</c>.</exception>
    public static void RequireWritable(FlashTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Description.IsReadOnly)
        {
            var exception = new TargetException(
                "FAMILY_UNVERIFIED",
                $"The chip is a {target}, family {target.Description.Family}: it is identified and its memory can be read, but no algorithm for its flash controller "
                + "is verified. Nothing was written, and its option bytes were not looked at. Flash it by another tool, for example through farmctl tunnel stlink.");
            exception.With("family", target.Description.Family);
            throw exception;
        }
    }
}
