using System.Globalization;

namespace OrleansBilling.Tests.Support;

/// <summary>Values in the text format of Prometheus.</summary>
public static class MetricsText
{
    /// <summary>The sum of a metric's values, of those with a label where one is given.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static double Sum(string metrics, string name, string label = "")
    {
        var lines = metrics.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is '{' or ' '
                && line.Contains(label, StringComparison.Ordinal)).ToList();
        return lines.Count > 0 ? lines.Sum(Value) : throw new InvalidOperationException($"The server tells no {name}");
    }

    private static double Value(string line) => double.Parse(
        line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[line.Contains('}', StringComparison.Ordinal) ? 0 : 1], CultureInfo.InvariantCulture);
}
