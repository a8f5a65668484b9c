using FarmAgent.Hardware;

namespace FarmAgent.Flashing.Images;

/// <summary>A firmware file cannot be used: its sender can mend it. The message names the file and the line or address.</summary>
/// <param name="reason">
/// <c>IMAGE_FORMAT</c>, <c>IMAGE_CORRUPT</c>, <c>IMAGE_OVERLAP</c>, <c>IMAGE_OUTSIDE_FLASH</c>, <c>IMAGE_EMPTY</c>, <c>IMAGE_BASE_ODD</c> or <c>IMAGE_TOO_LARGE</c>.
/// </param>
/// <param name="message">What happened, what was found, what to do next.</param>
/// <param name="inner">The cause, if another layer reported it.</param>
public sealed class ImageException(string reason, string message, Exception? inner = null) : FarmException(reason, message, inner);
