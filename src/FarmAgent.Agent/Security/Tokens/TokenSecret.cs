using System.Security.Cryptography;
using System.Text;

namespace FarmAgent.Agent.Security.Tokens;

/// <summary>
/// Secrets of tokens: 256 random bits, so that a plain SHA-256 of them can be kept and looked up; there is nothing to guess, and no salt or slow
/// hash would add anything.
/// </summary>
internal static class TokenSecret
{
    private const string Mark = "fat_";
    private const int RandomBytes = 32;

    /// <summary>Makes a secret. It begins with a mark by which scanners find secrets that were committed by mistake.</summary>
    public static string Make() => Mark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Whether a text can be a secret: one that was given from outside has to hold as much as ours do.</summary>
    public static bool IsStrong(string text) => text.Length is >= 43 and <= 200 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '+' or '/' or '=');

    /// <summary>What is kept of a secret: 64 hex digits.</summary>
    public static string DigestOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
