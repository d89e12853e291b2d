using System.Globalization;

namespace OrleansBilling.Gateway.Requests;

/// <summary>What a caller would like (RFC 7240). What is not understood is passed over.</summary>
internal static class Preferences
{
    /// <summary>The longest that an answer is waited for.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private const string Wait = "wait=";

    /// <summary>How long the caller would wait, by <c>Prefer: wait=SECONDS</c>; zero when it says nothing.</summary>
    public static TimeSpan WaitOf(HttpRequest request)
    {
        var preferences = request.Headers["Prefer"].ToString();
        foreach (var preference in preferences.Split([',', ';'], StringSplitOptions.TrimEntries))
        {
            if (preference.StartsWith(Wait, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(
                    preference.AsSpan(Wait.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return seconds < MaxWait.TotalSeconds ? TimeSpan.FromSeconds(seconds) : MaxWait;
            }
        }
        return TimeSpan.Zero;
    }
}
