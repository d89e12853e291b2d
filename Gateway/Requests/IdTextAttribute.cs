namespace OrleansBilling.Gateway.Requests;

/// <summary>The text is an id as <see cref="Contracts.Common.EntityId.IsValid"/> says.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IdTextAttribute : Attribute;
