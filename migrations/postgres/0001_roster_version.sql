ALTER TABLE "workspaces" ADD COLUMN "roster_version" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "accounts_user" ON "accounts" USING btree ("platform","user_id");--> statement-breakpoint
CREATE INDEX "groups_of_chat" ON "groups" USING btree ("platform","account","chat_id");--> statement-breakpoint
CREATE INDEX "updates_message" ON "updates" USING btree ("workspace","platform","message_id");