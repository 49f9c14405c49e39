using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatGenius.Messages.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FewerIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_reads_user_id_revision",
                table: "reads");

            migrationBuilder.DropIndex(
                name: "IX_messages_thread_id_seq",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_feeds_kind_shard_head",
                table: "feeds");

            migrationBuilder.CreateIndex(
                name: "IX_messages_thread_id_seq",
                table: "messages",
                columns: new[] { "thread_id", "seq" },
                filter: "thread_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_feeds_kind_shard",
                table: "feeds",
                columns: new[] { "kind", "shard" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_messages_thread_id_seq",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_feeds_kind_shard",
                table: "feeds");

            migrationBuilder.CreateIndex(
                name: "IX_reads_user_id_revision",
                table: "reads",
                columns: new[] { "user_id", "revision" });

            migrationBuilder.CreateIndex(
                name: "IX_messages_thread_id_seq",
                table: "messages",
                columns: new[] { "thread_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_feeds_kind_shard_head",
                table: "feeds",
                columns: new[] { "kind", "shard", "head" });
        }
    }
}
