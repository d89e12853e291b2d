namespace OrleansBilling.Core.Tests.Expressions;

/// <summary>An expression with what it should come to, built from small ones: knows neither the parser nor the nodes.</summary>
/// <param name="Text">As a person would write it.</param>
/// <param name="Evaluate">What it comes to; throws <see cref="NaiveFault"/> with the code of the first fault.</param>
internal sealed record Naive<T>(string Text, Func<NaiveEvent, T> Evaluate);

internal sealed record NaiveEvent(decimal Value, Dictionary<string, string> Dimensions);

internal sealed class NaiveFault(string code) : Exception(code);
